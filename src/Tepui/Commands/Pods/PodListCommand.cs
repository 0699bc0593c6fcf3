using Tepui.Terminal;

namespace Tepui.Commands.Pods;

/// <summary><c>tepui pod ls</c></summary>
internal sealed class PodListCommand() : ServicesClientCommand("ls", "Lists pods.", "tepui pod ls", "tepui pod ls --output json | jq '.[].id'")
{
    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var answer = await invocation.Client.GetAsync("/v2/pods/::status", cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(answer);
            return ExitCode.Ok;
        }

        var now = TimeProvider.System.GetUtcNow();
        var table = new Table("ID", "STATUS", "RUNNING", "CONTAINERS", "SINCE", "MESSAGE");
        foreach (var pod in answer.Items().OrderBy(pod => pod.Text("id"), StringComparer.Ordinal))
        {
            table.Add(
                pod.Text("id") ?? "", (pod.Text("status") ?? "-").ToLowerInvariant(), PodText.Running(pod),
                string.Join(',', pod.Items("spec", "containers").Select(container => container.Text("name"))),
                Text.Age(pod.Time("statusSince"), now), pod.Text("message")?.ReplaceLineEndings(" ") ?? "");
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }
}
