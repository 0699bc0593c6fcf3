using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Commands.Queue;

/// <summary><c>tepui queue ls</c></summary>
internal sealed class QueueListCommand() : ServicesClientCommand("ls", "Lists apps and pods whose instances wait to be launched.", "tepui queue ls", "tepui queue ls --output json")
{
    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var answer = await invocation.Client.GetAsync("/v2/queue", cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(answer.At("queue") ?? new JsonArray());
            return ExitCode.Ok;
        }

        var now = TimeProvider.System.GetUtcNow();
        var table = new Table("ID", "WAITING", "DELAY", "SINCE", "DECLINED MOST FOR");
        foreach (var item in answer.Items("queue"))
        {
            var delay = item.Number("delay", "timeLeftSeconds") ?? 0;
            var worst = item.Items("processedOffersSummary", "rejectSummaryLastOffers").Where(reason => reason.Count("declined") > 0).MaxBy(reason => reason.Count("declined"));
            table.Add(
                item.Text("app", "id") ?? item.Text("pod", "id") ?? "", $"{item.Count("count")}", delay > 0 && !item.IsTrue("delay", "overdue") ? $"{Fields.Plain(delay)}s" : "-",
                Text.Age(item.Time("since"), now), worst is null ? "-" : $"{worst.Text("reason")} ({worst.Count("declined")} of {worst.Count("processed")})");
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }
}
