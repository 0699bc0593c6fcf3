using Tepui.Coordination;

namespace Tepui.Runtime.Hosting;

/// <summary>A component from the start of its parts to the exit code of its process.</summary>
/// <param name="storeName">What its store is called in errors, as in <c>the registry</c>.</param>
/// <param name="stopped">Told once, when it was asked to stop.</param>
/// <param name="failed">Told why it ends by itself; with the exception of a bug.</param>
public sealed class HostLife(string storeName, Action stopped, Action<Exception?, string> failed) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private int _stopped;

    /// <summary>Cancelled when it stops, whatever the reason.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Ends when all parts have ended, with the exit code for the process: <see cref="ExitCode.Ok"/> when asked to, <see cref="ExitCode.StoreFailed"/> when the store could not be written, <see cref="ExitCode.Internal"/> when a bug was detected, and what <c>judge</c> gave for a failure that is the component's own.</summary>
    public Task<int> Completion { get; private set; } = Task.FromResult(ExitCode.Ok);

    /// <summary>Runs the parts until the first ends; what made it fail decides the exit code. The others are stopped, then the server.</summary>
    /// <param name="parts">Starts the parts; each ends with <see cref="Stopping"/>.</param>
    /// <param name="http">The server; its streams end with the parts.</param>
    /// <param name="judge">The exit code and reason of a failure that is neither the store's nor a bug; <see langword="null"/> for any other.</param>
    public void Run(Func<CancellationToken, IReadOnlyList<Task>> parts, TepuiHost http, Func<Exception, Task<(int Code, string Reason)?>>? judge = null) =>
        Completion = Task.Run(() => RunAsync(parts, http, judge), CancellationToken.None);

    /// <summary>Stops, and waits until all parts have ended.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            await _stopping.CancelAsync();
            stopped();
        }

        await Completion;
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task<int> RunAsync(Func<CancellationToken, IReadOnlyList<Task>> parts, TepuiHost http, Func<Exception, Task<(int Code, string Reason)?>>? judge)
    {
        var code = ExitCode.Ok;
        try
        {
            await UntilFirstAsync(parts(_stopping.Token));
        }
        catch (StoreFailedException e)
        {
            failed(null, $"{storeName} could not be written: {e.Message}");
            code = ExitCode.StoreFailed;
        }
        catch (Exception e) when (judge is not null)
        {
            code = await JudgeAsync(e, judge);
        }
        catch (Exception e)
        {
            code = Bug(e);
        }

        // Streams end with the parts, whatever ended them.
        await _stopping.CancelAsync();
        await http.StopAsync();
        return code;
    }

    private async Task UntilFirstAsync(IReadOnlyList<Task> parts)
    {
        var first = await Task.WhenAny(parts);
        await _stopping.CancelAsync();
        await first;
        await Task.WhenAll(parts);
    }

    // What is written while judging may fail too.
    private async Task<int> JudgeAsync(Exception e, Func<Exception, Task<(int Code, string Reason)?>> judge)
    {
        try
        {
            if (await judge(e) is var (code, reason))
            {
                failed(null, reason);
                return code;
            }

            return Bug(e);
        }
        catch (StoreFailedException failure)
        {
            failed(null, $"{storeName} could not be written: {failure.Message}");
            return ExitCode.StoreFailed;
        }
    }

    private int Bug(Exception e)
    {
        failed(e, $"a bug was detected: {e.Message}");
        return ExitCode.Internal;
    }
}
