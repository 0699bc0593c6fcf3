using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app kill</c></summary>
internal sealed class AppKillCommand : DeployingCommand
{
    private readonly Argument<string> _id = AppArguments.Id();
    private readonly Argument<string[]> _tasks = new("TASK") { Description = "Ids of instances, or the starts of them (default: all)", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _scale = new("--scale") { Arity = ArgumentArity.Zero, Description = "Do not replace them: the app has as many instances fewer" };
    private readonly Option<bool> _wipe = new("--wipe") { Arity = ArgumentArity.Zero, Description = "Give up their volumes and reservations too" };

    public AppKillCommand()
        : base("kill", "Kills instances of an app; others are started in their place.", "tepui app kill web", "tepui app kill web web.instance-0b7f", "tepui app kill web web.instance-0b7f --scale")
    {
        Arguments.Add(_id);
        Arguments.Add(_tasks);
        Options.Add(_scale);
        Options.Add(_wipe);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var scale = invocation.Parsed.GetValue(_scale);
        var wipe = invocation.Parsed.GetValue(_wipe);
        if (scale && wipe)
        {
            throw new CommandFailure(ExitCode.Usage, "--scale and --wipe exclude each other");
        }

        var id = invocation.Parsed.GetRequiredValue(_id);
        var known = (await invocation.Client.GetAsync(ServicesPaths.App(id, "/tasks"), cancel)).Items("tasks").Select(task => task.Text("id")).OfType<string>().ToList();
        var words = invocation.Parsed.GetValue(_tasks) ?? [];
        var wanted = words.Length == 0 ? known : [.. words.Select(word => TaskChoice.Choose(known, word, ServicesPaths.Absolute(id))).Distinct(StringComparer.Ordinal)];
        if (wanted.Count == 0)
        {
            throw new CommandFailure(ExitCode.NotFound, $"{ServicesPaths.Absolute(id)} has no instances to kill");
        }

        var flags = $"?scale={(scale ? "true" : "false")}&wipe={(wipe ? "true" : "false")}";
        var body = new JsonObject { ["ids"] = new JsonArray([.. wanted.Select(task => JsonValue.Create(task))]) };
        if (scale)
        {
            return await DeployAsync(invocation, HttpMethod.Post, $"/v2/tasks/delete{flags}", body, cancel);
        }

        var answer = await invocation.Client.SendAsync(HttpMethod.Post, WithForce(invocation, $"/v2/tasks/delete{flags}"), body, cancel);
        Print(invocation, answer.Body);
        return ExitCode.Ok;
    }

    private static void Print(ServicesInvocation invocation, JsonNode? body)
    {
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray([.. body.Items("tasks").Select(task => task.DeepClone())]));
            return;
        }

        foreach (var task in body.Items("tasks"))
        {
            Console.Out.WriteLine($"{task.Text("id")} killed");
        }
    }
}
