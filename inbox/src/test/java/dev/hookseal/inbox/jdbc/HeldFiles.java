package dev.hookseal.inbox.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/** The file system of H2's that has the scheme {@code held:}, whose next write can be made to wait. */
public final class HeldFiles extends FilePathWrapper {
    private static volatile @Nullable Hold hold;

    static {
        FilePath.register(new HeldFiles());
    }

    /** For H2, which makes one for each path. */
    public HeldFiles() {
        // nothing to set
    }

    /** Returns the URL of a database in a file of it. */
    static String url(Path database) {
        return "jdbc:h2:held:" + database + ";WRITE_DELAY=0";
    }

    /** Has the next write wait. */
    static Hold holdNextWrite() {
        Hold next = new Hold();
        hold = next;
        return next;
    }

    /** A write that waits, from when it begins until it is released. */
    static final class Hold {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        /** Waits until there is such a write. */
        void awaitReached() throws InterruptedException {
            reached.await();
        }

        void release() {
            released.countDown();
        }

        private void pass() throws IOException {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static void write() throws IOException {
        Hold held = hold;
        if (held != null) {
            hold = null;
            held.pass();
        }
    }

    @Override
    public String getScheme() {
        return "held";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new HeldChannel(getBase().open(mode));
    }

    /** A channel to a file. What it overrides is synchronized, and the channel within is as safe without. */
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private static final class HeldChannel extends FileBase {
        private final FileChannel channel;

        HeldChannel(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            HeldFiles.write();
            return channel.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            HeldFiles.write();
            return channel.write(source, position);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            channel.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }
    }
}
