using System.Net;
using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Jobs;

/// <summary>Asks for the state of a run until it is over, and tells what changes.</summary>
/// <remarks>A run outlives its scheduler: while nobody answers, it is asked again for a time.</remarks>
internal sealed class RunFollower(JobsClient client, string job, long number, TimeProvider time)
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuickFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);

    /// <summary>The run once it is over.</summary>
    /// <param name="said">Told each change in a line.</param>
    /// <param name="cancel">Ends the following, never the run.</param>
    /// <exception cref="CommandFailure">There is no such run.</exception>
    public async Task<JsonNode> EndAsync(Action<string> said, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        var heard = began;
        string? last = null;
        while (true)
        {
            try
            {
                var run = await client.GetAsync(JobsPaths.Run(job, number), cancel);
                heard = time.GetTimestamp();
                if (RunText.IsOver(run))
                {
                    return run;
                }

                Say(Words(run));
            }
            catch (RefusedException unknown) when (unknown.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
            {
                throw new CommandFailure(ExitCode.NotFound, $"{job} has no run {number} any more: {unknown.Body.Text("message") ?? unknown.Message}");
            }
            catch (Exception silence) when (IsSilence(silence) && !cancel.IsCancellationRequested && time.GetElapsedTime(heard) < SilenceMax)
            {
                Say($"run {number}: the jobs do not answer ({Cause(silence)}); trying again");
            }

            await Task.Delay(time.GetElapsedTime(began) < QuickFor ? Quick : Slow, time, cancel);
        }

        void Say(string line)
        {
            if (line != last)
            {
                last = line;
                said(line);
            }
        }
    }

    private string Words(JsonNode run)
    {
        var attempt = RunText.Attempt(run);
        var host = RunText.Host(run) is var at && at != "-" && RunText.State(run) != "waiting" ? $" on {at}" : "";
        var why = run.Text("message") is { Length: > 0 } message ? $": {message.ReplaceLineEndings(" ")}" : "";
        return $"run {number} {RunText.State(run)}{host}{(attempt > 1 ? $", attempt {attempt}" : "")}{why}";
    }

    private static string Cause(Exception silence) =>
        silence is RefusedException refused && refused.Body.Text("message") is { } message ? message : (silence.InnerException ?? silence).Message;

    private static bool IsSilence(Exception failure) => failure switch
    {
        HttpRequestException or TaskCanceledException => true,
        RefusedException refused => refused.Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => false,
    };
}
