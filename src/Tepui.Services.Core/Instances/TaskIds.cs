using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tepui.Model.Identifiers;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Instances;

/// <summary>What a task id of ours says.</summary>
/// <param name="Spec">The app or pod.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Container">Container of a pod; unset for an app.</param>
/// <param name="Launch">Which launch of the instance, from 1; 0 where the form does not tell.</param>
public readonly record struct TaskIdParts(PathId Spec, InstanceId Instance, string? Container, int Launch);

/// <summary>Reads task ids: <c>&lt;instance id&gt;._app.&lt;n&gt;</c>, <c>&lt;instance id&gt;.&lt;container&gt;.&lt;n&gt;</c>, and the older <c>&lt;path&gt;.&lt;uuid&gt;</c> with or without <c>.&lt;attempt&gt;</c>.</summary>
public static partial class TaskIds
{
    private const int UuidLength = 36;
    private const int NumberDigits = 10;

    /// <summary>Stands for the container in the task ids of apps.</summary>
    public const string AppContainer = "_app";

    /// <summary>Longest task id, in bytes: as long as the name of a directory may be.</summary>
    public const int BytesMax = 255;

    /// <summary>How long the longest task id is beside the path it begins with: <c>.instance-&lt;uuid&gt;.&lt;container&gt;.&lt;n&gt;</c>.</summary>
    /// <param name="container">Name of the container, or <see cref="AppContainer"/>.</param>
    public static int BytesBeside(string container) => ".instance-".Length + UuidLength + 1 + Encoding.UTF8.GetByteCount(container) + 1 + NumberDigits;

    /// <summary>Takes an id apart; <see langword="null"/> when it is not of one of the forms.</summary>
    public static TaskIdParts? Parse(TaskId id)
    {
        if (!id.IsSet)
        {
            return null;
        }

        if (Present().Match(id.Value) is { Success: true } present)
        {
            var container = Text(present, "container");
            return new(Spec(present), new(present.Groups["instance"].Value), container == AppContainer ? null : container, Number(present));
        }

        return Older().Match(id.Value) is { Success: true } older
            ? new(Spec(older), new($"{older.Groups["spec"].Value}.marathon-{older.Groups["uuid"].Value}"), Container: null, Number(older))
            : null;
    }

    /// <summary>The app or pod that an instance id names; <see langword="null"/> when it is no instance id.</summary>
    public static PathId? SpecOf(InstanceId id) => id.IsSet && Instance().Match(id.Value) is { Success: true } match ? Spec(match) : null;

    // Path segments have no underscores, so each one stands for a slash.
    private static PathId Spec(Match match) => new("/" + match.Groups["spec"].Value.Replace('_', '/'));

    private static string? Text(Match match, string group) => match.Groups[group] is { Success: true } found ? found.Value : null;

    private static int Number(Match match) => int.TryParse(match.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^(?<instance>(?<spec>[a-z0-9._-]+)\.(?:instance-|marathon-)[0-9a-fA-F-]{36})(?:\.(?<container>[^.\s]+)(?:\.(?<n>[0-9]+))?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Present();

    [GeneratedRegex(@"^(?<spec>[a-z0-9._-]+)\.(?<uuid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:\.(?<n>[0-9]+))?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Older();

    [GeneratedRegex(@"^(?<spec>[a-z0-9._-]+)\.(?:instance-|marathon-)[0-9a-fA-F-]{36}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instance();
}
