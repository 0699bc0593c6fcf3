using Tepui.Web.Jobs;
using Tepui.Web.Layout;
using Tepui.Web.Pages.Jobs;

namespace Tepui.Web.Pages.Graph;

/// <summary>What the graph of dependencies shows.</summary>
public sealed record GraphPageModel
{
    /// <summary>The job around which it is drawn; empty for all.</summary>
    public required string Focus { get; init; }

    /// <summary>Whether it is made to fit the window.</summary>
    public required bool Fits { get; init; }

    /// <summary>The drawing.</summary>
    public required GraphLayout Layout { get; init; }

    /// <summary>The jobs as they are now.</summary>
    public required JobTable Jobs { get; init; }

    /// <summary>What is left out, in words; empty when nothing is.</summary>
    public required string Note { get; init; }

    /// <summary>How many jobs neither depend on any nor have any that depends on them.</summary>
    public required int Alone { get; init; }

    /// <summary>Builds it.</summary>
    public static GraphPageModel Build(JobsSnapshot jobs, string focus, bool fits, GraphLayout layout, GraphChoice choice)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(choice);
        var all = jobs.Jobs.Structure.Connected.Count(job => jobs.Jobs.TryGet(job, out _));
        return new GraphPageModel
        {
            Focus = focus,
            Fits = fits,
            Layout = layout,
            Jobs = jobs.Jobs,
            Alone = jobs.Jobs.All.Count - all,
            Note = !choice.IsCut ? ""
                : focus.Length == 0 ? $"There are {Show.Count(choice.Total)} jobs in the graph, too many to read: these {Show.Count(choice.Nodes.Count)} are the best connected and their neighbours. Choose a job to see what is around it."
                : $"{Show.Count(choice.Total)} jobs lead to {focus} or follow from it; these {Show.Count(choice.Nodes.Count)} are the nearest.",
        };
    }

    /// <summary>How to colour a box.</summary>
    public string ToneOf(string job) =>
        !Jobs.TryGet(job, out var found) ? "missing" : found.Running > 0 ? "busy" : found.Queued > 0 ? "c2" : found.Disabled ? "muted" : JobRow.StatusTone(found.Status);

    /// <summary>What to add to a box's look.</summary>
    public string MarkOf(string job) =>
        !Jobs.TryGet(job, out var found) ? "missing" : $"{(found.Running > 0 ? "running " : "")}{(found.Disabled ? "off " : "")}{(job == Focus ? "focus" : "")}".TrimEnd();

    /// <summary>A box in words.</summary>
    public string TitleOf(string job) =>
        !Jobs.TryGet(job, out var found) ? $"{job} does not exist" : $"{job}: {found.Status}, {found.StateText}{(found.Disabled ? ", disabled" : "")}";

    /// <summary>How often the parent ended since the child was triggered last.</summary>
    public int CountOf(GraphEdge edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        return Jobs.TryGet(edge.Child, out var child) ? child.Edges.GetValueOrDefault(edge.Parent) : 0;
    }

    /// <summary>The look of a way.</summary>
    public string EdgeOf(GraphEdge edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        return !Jobs.TryGet(edge.Parent, out var parent) ? "missing" : parent.Running > 0 ? "running" : CountOf(edge) > 0 ? "counted" : "";
    }

    /// <summary>The address of this graph, fitted or not.</summary>
    public string Link(bool fits) => Links.With(Links.Graph, ("job", Focus), ("fit", fits ? "1" : null));
}
