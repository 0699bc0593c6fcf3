namespace Tepui.Web.Pages.Graph;

/// <summary>A place on a level of a graph: of a job, or of a way that passes.</summary>
/// <param name="job">The job; null for a bend.</param>
/// <param name="level">Its level.</param>
public sealed class GraphPlace(string? job, int level)
{
    /// <summary>The job; null for a bend.</summary>
    public string? Job { get; } = job;

    /// <summary>Its level, from 0.</summary>
    public int Level { get; } = level;

    /// <summary>Its index on its level, from the top.</summary>
    public int Index { get; internal set; }

    /// <summary>Its middle in the drawing.</summary>
    public double Y { get; internal set; }

    internal List<GraphPlace> Before { get; } = [];

    internal List<GraphPlace> After { get; } = [];
}
