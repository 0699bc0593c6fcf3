using Spectre.Console;

namespace Tepui.Deploying;

/// <summary>Progress of deployments on stderr: bars on a terminal, a line per change elsewhere.</summary>
internal static class DeploymentProgress
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(1);

    /// <summary>Shows progress while <paramref name="running"/> runs.</summary>
    public static async Task ShowAsync(DeploymentFollower follower, Task running, TimeProvider time)
    {
        if (Console.IsErrorRedirected)
        {
            await LinesAsync(follower, running, time);
        }
        else
        {
            await BarsAsync(follower, running, time);
        }

        await running;
    }

    private static async Task BarsAsync(DeploymentFollower follower, Task running, TimeProvider time)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress()
            .HideCompleted(false)
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var board = new ProgressBoard();
                var bars = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                var heads = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                while (!running.IsCompleted)
                {
                    Draw(progress, follower, board, heads, bars);
                    await Task.WhenAny(running, Task.Delay(Redraw, time));
                }

                Draw(progress, follower, board, heads, bars);
            });
    }

    private static void Draw(ProgressContext progress, DeploymentFollower follower, ProgressBoard board, Dictionary<string, ProgressTask> heads, Dictionary<string, ProgressTask> bars)
    {
        foreach (var deployment in follower.Latest)
        {
            board.Update(deployment);
            if (!heads.TryGetValue(deployment.Id, out var head))
            {
                heads[deployment.Id] = head = progress.AddTask("deployment", maxValue: Math.Max(1, deployment.Steps));
            }

            head.Description = Markup.Escape(Head(deployment, follower.Trouble));
            head.Value = deployment.IsSuccess ? head.MaxValue : Math.Max(0, deployment.Step - 1);
        }

        foreach (var row in board.Rows)
        {
            if (!bars.TryGetValue(row.Key, out var bar))
            {
                bars[row.Key] = bar = progress.AddTask(Markup.Escape(row.Label), maxValue: row.Total);
            }

            bar.Description = Markup.Escape($"  {row.Label}");
            bar.MaxValue = row.Total;
            bar.Value = row.Done;
        }
    }

    private static string Head(DeploymentStatus deployment, string? trouble)
    {
        var id = deployment.Id.Length > 8 ? deployment.Id[..8] : deployment.Id;
        var step = deployment.IsFinished || deployment.Steps == 0 ? "" : $", step {Math.Max(1, deployment.Step)} of {deployment.Steps}";
        var why = trouble ?? deployment.Reason;
        return $"deployment {id} {deployment.Words}{step}{(why is null ? "" : $": {why}")}";
    }

    private static async Task LinesAsync(DeploymentFollower follower, Task running, TimeProvider time)
    {
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            var isLast = running.IsCompleted;
            foreach (var deployment in follower.Latest)
            {
                var line = $"deployment {deployment.Id}: {ProgressBoard.Line(deployment)}";
                var news = ProgressBoard.WithoutCountdown(line);
                if (!deployment.IsFinished && shown.GetValueOrDefault(deployment.Id) != news)
                {
                    shown[deployment.Id] = news;
                    await Console.Error.WriteLineAsync(line);
                }
            }

            if (follower.Trouble is { } trouble && shown.GetValueOrDefault("") != trouble)
            {
                shown[""] = trouble;
                await Console.Error.WriteLineAsync(trouble);
            }

            if (isLast)
            {
                return;
            }

            await Task.WhenAny(running, Task.Delay(LineEvery, time));
        }
    }
}
