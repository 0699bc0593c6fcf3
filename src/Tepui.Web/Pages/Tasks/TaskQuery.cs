using Microsoft.AspNetCore.Http;
using Tepui.Protocol.V1;
using Tepui.Web.Cluster;
using Tepui.Web.Layout;

namespace Tepui.Web.Pages.Tasks;

/// <summary>Which tasks to list. Lives in the page's address.</summary>
public sealed record TaskQuery
{
    /// <summary>Tasks on one page.</summary>
    public const int PageSize = 100;

    /// <summary>The groups of states to choose from.</summary>
    public static IReadOnlyList<(string Value, string Name)> States { get; } = [("", "All"), ("active", "Active"), ("finished", "Finished"), ("failed", "Failed")];

    /// <summary>The page these parameters belong to.</summary>
    public string Page { get; init; } = Links.Tasks;

    /// <summary>Must occur in the id or name.</summary>
    public string Text { get; init; } = "";

    /// <summary>One of <see cref="States"/>, or empty for all.</summary>
    public string State { get; init; } = "";

    /// <summary>Only of this framework.</summary>
    public string? Framework { get; init; }

    /// <summary>Only on this agent.</summary>
    public string? Agent { get; init; }

    /// <summary>Pages to skip.</summary>
    public int Skip { get; init; }

    /// <summary>Reads it from an address. What makes no sense counts as not given.</summary>
    public static TaskQuery From(string page, IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        string state = query["state"].ToString();
        return new TaskQuery
        {
            Page = page,
            Text = query["q"].ToString().Trim(),
            State = States.Any(known => known.Value == state) ? state : "",
            Skip = int.TryParse(query["skip"], out var skip) && skip is > 0 and < 10_000 ? skip : 0,
        };
    }

    /// <summary>The address of this list.</summary>
    public string ToLink() => Links.With(Page, ("q", Text), ("state", State), ("skip", Skip == 0 ? null : $"{Skip}"));

    /// <summary>Whether a task belongs to the list.</summary>
    public bool Matches(Protocol.V1.Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return (Framework is null || task.FrameworkId.Value == Framework)
            && (Agent is null || task.AgentId.Value == Agent)
            && MatchesState(task.State)
            && (Text.Length == 0
                || task.TaskId.Value.Contains(Text, StringComparison.OrdinalIgnoreCase)
                || task.Name.Contains(Text, StringComparison.OrdinalIgnoreCase));
    }

    private bool MatchesState(TaskState state) => State switch
    {
        "active" => !ClusterModel.IsEnded(state),
        "finished" => state is TaskState.TaskFinished or TaskState.TaskKilled,
        "failed" => ClusterModel.IsEnded(state) && state is not (TaskState.TaskFinished or TaskState.TaskKilled),
        _ => true,
    };
}
