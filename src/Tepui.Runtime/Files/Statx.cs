using System.Runtime.InteropServices;

namespace Tepui.Runtime.Files;

/// <summary>The system call that tells links and owners of a file, which the class library does not.</summary>
internal static partial class Statx
{
    private const int CurrentDirectory = -100;
    private const uint BasicFields = 0x7ff;

    /// <summary>Reads the status of <paramref name="path"/>, following links.</summary>
    public static bool TryGet(string path, out Status status) => Call(CurrentDirectory, path, 0, BasicFields, out status) == 0;

    /// <summary>Reads the status of <paramref name="path"/> seen from an open directory, or of what is open itself.</summary>
    public static bool TryGet(int opened, string path, int flags, out Status status) => Call(opened, path, flags, BasicFields, out status) == 0;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(int directory, string path, int flags, uint mask, out Status status);

    /// <summary>The kernel's structure; its layout is the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct Status
    {
        /// <summary>Hard links.</summary>
        [FieldOffset(16)]
        public uint Links;

        /// <summary>Owner.</summary>
        [FieldOffset(20)]
        public uint User;

        /// <summary>Group.</summary>
        [FieldOffset(24)]
        public uint Group;

        /// <summary>Kind and permissions.</summary>
        [FieldOffset(28)]
        public ushort Mode;

        /// <summary>Bytes.</summary>
        [FieldOffset(40)]
        public ulong Size;

        /// <summary>Last change of the content, seconds since 1970.</summary>
        [FieldOffset(112)]
        public long ModifiedSeconds;

        /// <summary>Last change of the content, nanoseconds after the second.</summary>
        [FieldOffset(120)]
        public uint ModifiedNanoseconds;
    }
}
