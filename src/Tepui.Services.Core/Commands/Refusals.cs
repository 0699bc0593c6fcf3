using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Commands;

/// <summary>Refusals that several commands give.</summary>
internal static class Refusals
{
    /// <summary>Message over the problems of a document whose meaning is wrong.</summary>
    public const string NotValid = "Object is not valid";

    /// <summary>No such app.</summary>
    public static CommandOutcome.Refused NoApp(PathId id) => new(RefusalKind.NotFound, $"App '{id}' does not exist");

    /// <summary>No such version of an app.</summary>
    public static CommandOutcome.Refused NoApp(PathId id, DateTimeOffset version) => new(RefusalKind.NotFound, $"App '{id}' does not exist in version {Text(version)}");

    /// <summary>No such pod.</summary>
    public static CommandOutcome.Refused NoPod(PathId id) => new(RefusalKind.NotFound, $"Pod '{id}' does not exist");

    /// <summary>No such group.</summary>
    public static CommandOutcome.Refused NoGroup(PathId id) => new(RefusalKind.NotFound, $"Group '{id}' does not exist");

    /// <summary>One thing is wrong with a document.</summary>
    public static CommandOutcome.Refused Invalid(string path, string error) => Invalid([new(path, [error])]);

    /// <summary>Things are wrong with a document.</summary>
    public static CommandOutcome.Refused Invalid(IReadOnlyList<PathProblem> problems) => new(RefusalKind.Invalid, NotValid, problems, []);

    /// <summary>A version as clients write it.</summary>
    public static string Text(DateTimeOffset version) => version.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads a version.</summary>
    public static bool TryRead(string text, out DateTimeOffset version) => DateTimeOffset.TryParse(
        text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal, out version);
}
