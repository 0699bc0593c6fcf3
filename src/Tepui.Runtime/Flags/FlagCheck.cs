using System.Globalization;
using System.Net;
using System.Text.Json;
using Tepui.Model.Resources;
using Tepui.Model.Units;

namespace Tepui.Runtime.Flags;

/// <summary>Checks the value of a flag and brings it into its printed form.</summary>
internal static class FlagCheck
{
    private const string FilePrefix = "file://";

    /// <summary>Checks a value a user gave.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="value">What was given; <c>file://PATH</c> stands for what the file holds.</param>
    /// <param name="printed">The value in its printed form.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? Check(Flag flag, string value, out string printed)
    {
        printed = "";
        if (value.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            try
            {
                value = File.ReadAllText(value[FilePrefix.Length..]).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return $"cannot be read from '{value}': {e.Message}";
            }
        }

        if (Wrong(flag, value) is { } problem)
        {
            return problem;
        }

        printed = Print(flag, value);
        return flag.Status == FlagStatus.NotYet && !string.Equals(printed, flag.Default is { } standard ? Print(flag, standard) : "", StringComparison.Ordinal)
            ? $"is '{Shown(value)}', which is not supported yet{(flag.Note.Length > 0 ? $" ({flag.Note})" : "")}; leave it out{(flag.Default is { Length: > 0 } only ? $" or set it to {only}" : "")}"
            : null;
    }

    /// <summary>The printed form of a value that is right: durations and bytes in their largest whole unit.</summary>
    public static string Print(Flag flag, string value) => flag.Type switch
    {
        FlagType.Duration when DurationText.TryParse(value, out var duration, out _) => DurationText.Print(duration),
        FlagType.Bytes when BytesText.TryParse(value, out var bytes, out _) => BytesText.Print(bytes),
        FlagType.Boolean => value is "1" or "true" ? "true" : "false",
        _ => value,
    };

    private static string? Wrong(Flag flag, string value) => flag.Type switch
    {
        FlagType.Boolean => value is "true" or "false" or "1" or "0" ? null : $"is '{Shown(value)}'; allowed are true and false",
        FlagType.Integer => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && Math.Abs(whole) <= int.MaxValue
            ? OutOfRange(flag, whole, value)
            : $"is '{Shown(value)}'; a whole number is needed{Limits(flag)}",
        FlagType.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? OutOfRange(flag, number, value)
            : $"is '{Shown(value)}'; a number is needed{Limits(flag)}",
        FlagType.Percent => value.EndsWith('%') && double.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100
            ? null
            : $"is '{Shown(value)}'; a percentage is needed, as in 50%",
        FlagType.Duration => DurationText.TryParse(value, out var duration, out var why) ? OutOfRange(flag, duration) : $"is '{Shown(value)}': {why}",
        FlagType.Bytes => BytesText.TryParse(value, out _, out var why) ? null : $"is '{Shown(value)}': {why}",
        FlagType.Choice => flag.Choices.Contains(value, StringComparer.Ordinal) ? null : $"is '{Shown(value)}'; allowed {(flag.Choices.Count == 1 ? "is" : "are")} {string.Join(", ", flag.Choices)}",
        FlagType.Address => IPAddress.TryParse(value, out _) ? null : $"is '{Shown(value)}'; an address is needed, as in 10.0.0.1",
        FlagType.Resources => ResourceText.TryParse(value, "*", out _, out var why) ? null : why,
        FlagType.Attributes => AttributeText.TryParse(value, out _, out var why) ? null : why,
        FlagType.Json => NotJson(value),
        _ => null,
    };

    private static string? OutOfRange(Flag flag, double number, string value) =>
        number >= flag.Least && number <= flag.Most ? null : $"is {Shown(value)}{Limits(flag).Replace(" of", "; allowed are numbers of", StringComparison.Ordinal)}";

    private static string? OutOfRange(Flag flag, TimeSpan duration) =>
        duration >= flag.Range.Least && duration <= flag.Range.Most
            ? null
            : flag.Range.Most == TimeSpan.MaxValue
                ? $"is {DurationText.Print(duration)}; it must be at least {DurationText.Print(flag.Range.Least)}"
                : $"is {DurationText.Print(duration)}; allowed is {DurationText.Print(flag.Range.Least)} to {DurationText.Print(flag.Range.Most)}";

    private static string Limits(Flag flag) => (double.IsFinite(flag.Least), double.IsFinite(flag.Most)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" of {flag.Least} to {flag.Most}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" of {flag.Least} or more"),
        _ => "",
    };

    private static string? NotJson(string value)
    {
        try
        {
            using var _ = JsonDocument.Parse(value);
            return null;
        }
        catch (JsonException e)
        {
            return $"is not JSON: {e.Message}";
        }
    }

    private static string Shown(string value) => value.Length <= 80 ? value : value[..80] + "...";
}
