using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Specs;
using Tepui.Model.Identifiers;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>Tasks of jobs: ends them, and takes in what they or others tell of them.</summary>
internal sealed class TaskRoutes(RestCommands commands)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RouteTable routes) => routes
        .Map("DELETE", "/task/kill/{name}", call => commands.RunAsync(call, name => new JobsCommand.KillAll(name)))
        .Map("DELETE", "/task/all", call => commands.RunAsync(call, new JobsCommand.PurgeHistory()))
        .Map("PUT", "/task/{task*}", call => commands.WithBodyAsync(call, JobRequests.Completion, report => new JobsCommand.Complete(new TaskId(call["task"]), (int)report.Number)))
        .Map("POST", "/job/{name}/task/{task*}/progress", ProgressAsync);

    private Task ProgressAsync(RestCall call) => !JobName.TryParse(call["name"], out var name, out _)
        ? JobsErrors.UnknownJobAsync(call.Context, call["name"])
        : commands.WithBodyAsync(call, JobRequests.Progress, report => new JobsCommand.Progress(name, new TaskId(call["task"]), report.Number));
}
