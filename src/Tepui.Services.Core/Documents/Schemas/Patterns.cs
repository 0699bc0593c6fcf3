using System.Text.RegularExpressions;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>What names in documents look like. They end with <c>\z</c>, for <c>$</c> would let a line feed follow.</summary>
internal static partial class Patterns
{
    private const string Label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
    private const string Segment = Label + @"(?:\." + Label + ")*";

    /// <summary>Id of an app, pod or group, absolute or relative; <c>..</c> climbs.</summary>
    [GeneratedRegex(@"^(?:/+|/*(?:\.\.|" + Segment + @")(?:/+(?:\.\.|" + Segment + @"))*/*)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex PathId { get; }

    /// <summary>One segment of an id.</summary>
    [GeneratedRegex("^" + Segment + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex PathSegment { get; }

    /// <summary>Name of a port, an endpoint or a container: one DNS label.</summary>
    [GeneratedRegex("^" + Label + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex DnsLabel { get; }

    /// <summary>Name of a network.</summary>
    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex NetworkName { get; }

    /// <summary>An executor: nothing, <c>//cmd</c>, or a path without doubled slashes.</summary>
    [GeneratedRegex(@"^(?:|//cmd|/?[^/]+(?:/[^/]+)*)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Executor { get; }

    /// <summary>Name of a variable of a pod's environment.</summary>
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,253}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Variable { get; }

    /// <summary>Key of an option of an external volume: <c>label/name</c>.</summary>
    [GeneratedRegex("^" + Label + @"/[A-Za-z0-9](?:[A-Za-z0-9._:-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex VolumeOption { get; }

    /// <summary>Value of the constraint operator IS.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_/.-]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex IsValue { get; }

    /// <summary>Name of a role.</summary>
    [GeneratedRegex(@"^(?:\*|[^\s/.*-][^\s/*]*)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Role { get; }
}
