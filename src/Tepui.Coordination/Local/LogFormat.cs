namespace Tepui.Coordination.Local;

/// <summary>
/// The layout of a log file. All numbers are little-endian.
/// <code>
/// file   := header record*
/// header := "TEPUILOG" version:u32 generation:u64 crc32c(of the 20 bytes before):u32
/// record := length:u32 crc32c(length, sequence):u32 crc32c(payload):u32 sequence:u64 payload[length]
/// payload:= kind:u8 ... 0xA5 (so that the last sector of a whole record is never all zeros)
///   batch       (1): count:u32 { keyLength:u16 key valueLength:i32 (-1 removes) value }*
///   epoch       (2): epoch:u64
///   snapshot    (3): as batch; entries of the snapshot a file begins with
///   snapshotEnd (4): epoch:u64 entries:u64
/// </code>
/// Sequence numbers count up by one in a file, from 1. A file begins with a whole snapshot (it got its name only then), and what
/// comes after was appended. The header of a record has a checksum of its own, so that a torn record (shorter than it says, by a crash
/// in the middle of a write) can be told from a damaged one.
/// </summary>
internal static class LogFormat
{
    public const int HeaderSize = 24;

    public const int RecordHeaderSize = 20;

    public const uint Version = 1;

    /// <summary>A disk writes no less than this at once: pages of a torn record that never arrived read as zeros in such steps.</summary>
    public const int SectorSize = 512;

    /// <summary>Longest payload, in bytes.</summary>
    public const int MaxPayload = 1 << 30;

    /// <summary>Longest key, in bytes of UTF-8.</summary>
    public const int MaxKey = 4096;

    /// <summary>Last byte of every payload.</summary>
    public const byte EndMark = 0xA5;

    public static ReadOnlySpan<byte> Magic => "TEPUILOG"u8;

    public enum Kind : byte
    {
        Batch = 1,
        Epoch = 2,
        Snapshot = 3,
        SnapshotEnd = 4,
    }
}
