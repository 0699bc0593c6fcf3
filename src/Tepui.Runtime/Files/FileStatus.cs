using System.Globalization;

namespace Tepui.Runtime.Files;

/// <summary>What the file system knows about a file or directory.</summary>
/// <param name="Path">Its path as asked for.</param>
/// <param name="Links">Hard links to it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When its content last changed.</param>
/// <param name="Mode">Kind and permissions as one number, as in 33188.</param>
/// <param name="User">Owner's name, or number when nobody has it.</param>
/// <param name="Group">Group's name, or number when no group has it.</param>
public sealed record FileStatus(string Path, uint Links, long Size, DateTimeOffset Modified, uint Mode, string User, string Group)
{
    private const uint KindMask = 0xF000;
    private const uint DirectoryKind = 0x4000;
    private const uint PlainKind = 0x8000;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Mode & KindMask) == DirectoryKind;

    /// <summary>Whether it is a plain file: no directory, pipe, socket or device.</summary>
    public bool IsPlain => (Mode & KindMask) == PlainKind;

    /// <summary>Kind and permissions as in <c>drwxr-xr-x</c>.</summary>
    public string ModeText => string.Create(10, Mode, static (text, mode) =>
    {
        text[0] = (mode & KindMask) switch
        {
            DirectoryKind => 'd',
            0xA000 => 'l',
            0x2000 => 'c',
            0x6000 => 'b',
            0x1000 => 'p',
            0xC000 => 's',
            _ => '-',
        };
        for (var bit = 0; bit < 9; bit++)
        {
            text[bit + 1] = (mode & (0x100u >> bit)) != 0 ? "rwx"[bit % 3] : '-';
        }

        Special(text, 3, (mode & 0x800) != 0, 's');
        Special(text, 6, (mode & 0x400) != 0, 's');
        Special(text, 9, (mode & 0x200) != 0, 't');
    });

    /// <summary>Looks at a file, following links; <see langword="null"/> when there is none or it may not be seen.</summary>
    public static FileStatus? Of(string realPath, string shownPath)
    {
        if (!Statx.TryGet(realPath, out var raw))
        {
            return null;
        }

        return new FileStatus(
            shownPath,
            raw.Links,
            (long)raw.Size,
            Time(raw.ModifiedSeconds, raw.ModifiedNanoseconds),
            raw.Mode,
            AccountNames.User(raw.User) ?? raw.User.ToString(CultureInfo.InvariantCulture),
            AccountNames.Group(raw.Group) ?? raw.Group.ToString(CultureInfo.InvariantCulture));
    }

    // Anybody can date a file into the year 20000; dates here end before that.
    private static DateTimeOffset Time(long seconds, uint nanoseconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1))
            .AddTicks(nanoseconds / 100);

    private static void Special(Span<char> text, int at, bool set, char letter)
    {
        if (set)
        {
            text[at] = text[at] == 'x' ? letter : char.ToUpperInvariant(letter);
        }
    }
}
