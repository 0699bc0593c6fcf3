using System.CommandLine;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job next</c></summary>
internal sealed class JobNextCommand : JobsClientCommand
{
    private const int CountMax = 1000;

    private readonly Argument<string> _schedule = new("SCHEDULE") { Description = "R[n]/START/PERIOD, or a cron expression" };
    private readonly Option<string?> _zone = new("--zone") { Description = "Zone of the schedule, as in Europe/Berlin (default: UTC)", HelpName = "ZONE" };
    private readonly Option<int> _count = new("--count", "-n") { Description = "How many times", HelpName = "N", DefaultValueFactory = _ => 5 };

    public JobNextCommand()
        : base("next", "Shows when a schedule is due, without a job.", "tepui job next 'R/2031-05-01T06:30:00Z/P1D' --zone America/Denver", "tepui job next '0 8 * * MON-FRI' --zone Europe/Berlin --count 10")
    {
        Arguments.Add(_schedule);
        Options.Add(_zone);
        Options.Add(_count);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var count = invocation.Parsed.GetValue(_count);
        if (count is < 1 or > CountMax)
        {
            throw new CommandFailure(ExitCode.Usage, $"--count is {count}; it must be from 1 to {CountMax}");
        }

        var text = invocation.Parsed.GetRequiredValue(_schedule);
        var next = await NextRuns.PreviewAsync(invocation.Client, FieldOf(text), text, invocation.Parsed.GetValue(_zone), count, cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(next.ToJson());
        }
        else
        {
            next.WriteTo(Console.Out, "", isNew: true);
        }

        return ExitCode.Ok;
    }

    /// <summary>Repeating intervals begin with an R; cron expressions have parts with spaces between, or begin with an @.</summary>
    internal static string FieldOf(string text) => !text.StartsWith('R') && (text.Trim().Contains(' ', StringComparison.Ordinal) || text.StartsWith('@')) ? "cron" : "schedule";
}
