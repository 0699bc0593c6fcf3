namespace Tepui.Jobs.Notices.Mail;

/// <summary>Answer of a mail server.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Lines">Text of its lines.</param>
internal sealed record SmtpAnswer(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>It says that the command worked, or that it wants more.</summary>
    public bool IsGood => Code is >= 200 and < 400;

    /// <summary>The words after a keyword of the answer to EHLO; <see langword="null"/> if it is not there.</summary>
    public IReadOnlyList<string>? Words(string keyword) => Lines
        .Skip(1)
        .Select(line => line.Split(' ', '=').ToList())
        .FirstOrDefault(words => string.Equals(words[0], keyword, StringComparison.OrdinalIgnoreCase))
        ?.Skip(1)
        .ToList();

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {string.Join(' ', Lines)}";
}
