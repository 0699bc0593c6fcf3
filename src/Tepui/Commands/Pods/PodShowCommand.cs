using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Pods;

/// <summary><c>tepui pod show</c></summary>
internal sealed class PodShowCommand : ServicesClientCommand
{
    private readonly Argument<string> _id = PodArguments.Id();

    public PodShowCommand()
        : base("show", "Shows one pod: its instances, their containers, and its definition.", "tepui pod show web", "tepui pod show web --output json") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = invocation.Parsed.GetRequiredValue(_id);
        var pod = await invocation.Client.FindAsync(ServicesPaths.Pod(id, "::status"), cancel)
            ?? throw new CommandFailure(ExitCode.NotFound, $"no pod has the id {ServicesPaths.Absolute(id)}; 'tepui pod ls' lists those there are");
        if (invocation.IsJson)
        {
            JsonOutput.Write(pod);
        }
        else
        {
            Write(pod, Console.Out);
        }

        return ExitCode.Ok;
    }

    private static void Write(JsonNode pod, TextWriter output)
    {
        output.WriteLine($"{pod.Text("id")}  {pod.Text("status")?.ToLowerInvariant()} since {pod.Text("statusSince")}, {PodText.Running(pod)} running");
        if (pod.Text("message") is { Length: > 0 } message)
        {
            output.WriteLine($"  {message}");
        }

        if (pod.Items("instances").Any())
        {
            output.WriteLine();
            var table = new Table("INSTANCE", "STATUS", "HOST", "CONTAINER", "STATUS", "PORTS", "MESSAGE");
            foreach (var instance in pod.Items("instances"))
            {
                foreach (var container in instance.Items("containers").DefaultIfEmpty(new JsonObject()))
                {
                    table.Add(
                        instance.Text("id") ?? "", (instance.Text("status") ?? "-").ToLowerInvariant(), instance.Text("agentHostname") ?? "-",
                        container.Text("name") ?? "-", Text.State(container.Text("status")),
                        string.Join(',', container.Items("endpoints").Select(endpoint => $"{endpoint.Text("name")}:{endpoint.Count("allocatedHostPort")}")) is { Length: > 0 } ports ? ports : "-",
                        container.Text("message") ?? instance.Text("message") ?? "");
                }
            }

            table.WriteTo(output);
        }

        output.WriteLine();
        JsonOutput.Write(pod.At("spec"), output);
    }
}
