/** Slugs compressed with Zstandard. Start at {@code io.procmodel.zstd.ZstdCompression}. */
module io.procmodel.zstd {
    requires com.github.luben.zstd_jni;
    requires transitive io.procmodel.core;
    requires static transitive org.jspecify;

    exports io.procmodel.zstd;
}
