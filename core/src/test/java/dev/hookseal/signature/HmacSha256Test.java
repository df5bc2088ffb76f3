package dev.hookseal.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacSha256Test {
    // RFC 4231, section 4: key, data and HMAC-SHA-256 of test cases 1 to 7; of 5, the first 16 bytes
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
                + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, dd*50,"
                + " 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "0102030405060708090a0b0c0d0e0f10111213141516171819, cd*50,"
                + " 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c, 546573742057697468205472756e636174696f6e,"
                + " a3b6167473100ee06e0c796c2955552b",
        "aa*131, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b"
                + "6579204669727374, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "aa*131, 5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a6520"
                + "6b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b65"
                + "79206e6565647320746f20626520686173686564206265666f7265206265696e67207573656420627920746865"
                + "20484d414320616c676f726974686d2e,"
                + " 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    })
    void signsAsRfc4231Says(String key, String data, String expected) {
        byte[] signature = HmacSha256.sign(SigningSecret.ofBytes(bytes(key)), bytes(data));

        assertThat(signature).hasSize(32);
        assertThat(HexFormat.of().formatHex(signature)).startsWith(expected);
    }

    private static byte[] bytes(String hex) {
        int times = hex.indexOf('*');
        return HexFormat.of()
                .parseHex(times < 0 ? hex : hex.substring(0, times).repeat(Integer.parseInt(hex.substring(times + 1))));
    }
}
