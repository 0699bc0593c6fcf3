using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Documents;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app show</c></summary>
internal sealed class AppShowCommand : ServicesClientCommand
{
    private readonly Argument<string> _id = AppArguments.Id();

    public AppShowCommand()
        : base("show", "Shows one app: how it is doing, its instances and its definition.", "tepui app show web", "tepui app show /shop/web --output json") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var app = await AppLookup.GetAsync(invocation.Client, invocation.Parsed.GetRequiredValue(_id), cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(app);
            return ExitCode.Ok;
        }

        Write(app, Console.Out);
        return ExitCode.Ok;
    }

    private static void Write(JsonObject app, TextWriter output)
    {
        output.WriteLine($"{app.Text("id")}  {AppText.State(app)}");
        output.WriteLine($"  instances     {app.Count("tasksRunning")} of {app.Count("instances")} running, {app.Count("tasksStaged")} staged; health: {AppText.Health(app)}");
        output.WriteLine($"  version       {app.Text("version")} (configuration {app.Text("versionInfo", "lastConfigChangeAt")})");
        Line(output, "crash loop", app.At("crashLoop") is { } loop ? AppText.CrashLoop(loop) : null);
        Line(output, "kill budget", app.At("killBudget") is { } budget ? $"{budget.Count("unhealthy")} unhealthy, {budget.Count("allowed")} may be replaced now: {budget.Text("reason")}" : null);
        Line(output, "autoscaling", app.At("autoscalingStatus", "lastDecision") is { } decision ? $"{decision.Count("from")} to {decision.Count("to")} at {decision.Text("at")}: {decision.Text("reason")}" : null);
        Line(output, "last failure", app.At("lastTaskFailure") is { } failure ? $"{failure.Text("state")} on {failure.Text("host")} at {failure.Text("timestamp")}: {failure.Text("message")}" : null);
        foreach (var deployment in app.Items("deployments"))
        {
            Line(output, "deployment", deployment.Text("id"));
        }

        if (app.Items("tasks").Any())
        {
            output.WriteLine();
            TaskTable.Write(output, app.Items("tasks"));
        }

        output.WriteLine();
        JsonOutput.Write(AppFields.Definition(app), output);
    }

    private static void Line(TextWriter output, string name, string? text)
    {
        if (text is not null)
        {
            output.WriteLine($"  {name,-14}{text.ReplaceLineEndings(" ")}");
        }
    }
}
