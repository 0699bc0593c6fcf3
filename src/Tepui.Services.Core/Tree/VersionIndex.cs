using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tree;

/// <summary>Versions of apps and pods, the present ones included. Never changed.</summary>
public sealed class VersionIndex
{
    /// <summary>No version of anything.</summary>
    public static VersionIndex Empty { get; } = new();

    /// <summary>Times of all kept versions of an app or pod, newest first; <see langword="null"/> if it is not known.</summary>
    public IReadOnlyList<DateTimeOffset>? Of(PathId id) => null;

    /// <summary>A version of an app or pod, if it is kept.</summary>
    public RunSpec? Find(PathId id, DateTimeOffset version) => null;
}
