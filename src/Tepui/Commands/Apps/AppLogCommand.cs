using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app log</c></summary>
internal sealed class AppLogCommand : ServicesClientCommand
{
    private readonly Argument<string> _id = AppArguments.Id();
    private readonly Option<string?> _instance = new("--instance", "-i") { Description = "Id of the instance, or the start of it (default: the latest; the one that failed last when none runs)", HelpName = "TASK" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Arity = ArgumentArity.Zero, Description = "Go on until the instance has ended" };
    private readonly Option<int> _lines = new("--lines", "-n") { Description = "How many of its last lines; 0 for all", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<bool> _stderr = new("--stderr") { Arity = ArgumentArity.Zero, Description = "What it wrote to stderr instead of stdout" };
    private readonly Option<string?> _file = new("--file") { Description = "Another file of the sandbox", HelpName = "PATH" };
    private readonly Option<string?> _master = new("--master") { Description = "Master that knows the agents (environment: TEPUI_MASTER; default: the one the services use)", HelpName = "HOST:PORT" };

    public AppLogCommand()
        : base("log", "Prints what an instance of an app wrote.", "tepui app log web", "tepui app log -f --stderr web", "tepui app log web --instance web.instance-0b7f --lines 0")
    {
        Arguments.Add(_id);
        foreach (var option in new Option[] { _instance, _follow, _lines, _stderr, _file, _master })
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var parsed = invocation.Parsed;
        if (parsed.GetValue(_lines) < 0)
        {
            throw new CommandFailure(ExitCode.Usage, $"--lines is {parsed.GetValue(_lines)}; it must be 0 or more");
        }

        var app = await AppLookup.GetAsync(invocation.Client, parsed.GetRequiredValue(_id), cancel);
        var id = ChooseTask(app, parsed.GetValue(_instance));
        var info = await invocation.Client.GetAsync("/v2/info", cancel);
        var master = MasterOfTasks.Choose(parsed.GetValue(_master), info.Text("marathon_config", "master"), "the services do");
        if (!invocation.IsJson)
        {
            await Console.Error.WriteLineAsync($"instance {id}");
        }

        await MasterOfTasks.CopyAsync(
            master, id, info.Text("frameworkId"), parsed.GetValue(_file) ?? (parsed.GetValue(_stderr) ? "stderr" : "stdout"), invocation.Output, parsed.GetValue(_follow), parsed.GetValue(_lines), cancel);
        return ExitCode.Ok;
    }

    /// <summary>The instance that is meant: what was asked for, else the latest that started, else the one that failed last.</summary>
    internal static string ChooseTask(JsonNode app, string? word)
    {
        var id = app.Text("id") ?? "";
        var tasks = app.Items("tasks").ToList();
        var failed = app.Text("lastTaskFailure", "taskId");
        if (word is not null)
        {
            return TaskChoice.Choose([.. tasks.Select(task => task.Text("id")).Append(failed).OfType<string>().Distinct(StringComparer.Ordinal)], word, id);
        }

        return tasks.Where(task => task.Text("startedAt") is not null).MaxBy(task => task.Text("startedAt"), StringComparer.Ordinal).Text("id")
            ?? failed
            ?? tasks.FirstOrDefault().Text("id")
            ?? throw new CommandFailure(ExitCode.NotFound, $"{id} has no instance that wrote anything; 'tepui explain app {id}' says why none runs");
    }
}
