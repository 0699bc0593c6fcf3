using Spectre.Console;

namespace Tepui.Running;

/// <summary>Progress of a run on stderr: a bar on a terminal, a line now and then elsewhere.</summary>
internal static class RunProgress
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    /// <summary>Shows progress while <paramref name="running"/> runs.</summary>
    public static async Task ShowAsync(RunSession session, Task running, TimeProvider time, CancellationToken cancel)
    {
        if (Console.IsErrorRedirected)
        {
            await LinesAsync(session, running, time, cancel);
        }
        else
        {
            await BarAsync(session, running, time);
        }

        await running;
    }

    private static async Task BarAsync(RunSession session, Task running, TimeProvider time)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress()
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(Markup.Escape(Describe(session)), maxValue: session.Instances.Count);
                while (!running.IsCompleted)
                {
                    bar.Value = session.EndedCount;
                    bar.Description = Markup.Escape(Describe(session));
                    await Task.WhenAny(running, Task.Delay(Redraw, time));
                }

                bar.Value = session.EndedCount;
                bar.Description = Markup.Escape(Describe(session));
            });
    }

    private static async Task LinesAsync(RunSession session, Task running, TimeProvider time, CancellationToken cancel)
    {
        while (await Task.WhenAny(running, Task.Delay(LineEvery, time, cancel)) != running && !cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(Describe(session));
        }
    }

    private static string Describe(RunSession session)
    {
        var total = session.Instances.Count;
        var under = total - session.EndedCount - session.WaitingCount;
        var text = $"{session.EndedCount} of {total} ended, {under} under way, {session.WaitingCount} waiting";
        if (session.Trouble is { } trouble)
        {
            return $"{text}; {trouble}";
        }

        if (session.WaitingReason is { } reason)
        {
            return $"{text}; trying again: {reason}";
        }

        return session.WaitingCount > 0 && under == 0 && session.SmallOffers > 0
            ? $"{text}; no offer was large enough for one task ({session.SmallOffers} seen)"
            : text;
    }
}
