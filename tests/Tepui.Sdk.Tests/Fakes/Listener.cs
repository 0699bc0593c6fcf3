using System.Collections.Concurrent;

namespace Tepui.Sdk.Tests.Fakes;

/// <summary>Runs a client's loop in the background and keeps what it heard.</summary>
internal sealed class Listener<T> : IDisposable
    where T : class
{
    private readonly CancellationTokenSource _stop = new();

    public Listener(Func<CancellationToken, IAsyncEnumerable<T>> run, Action<T>? handle = null) =>
        Ended = Task.Run(async () =>
        {
            await foreach (var happened in run(_stop.Token))
            {
                handle?.Invoke(happened);
                Heard.Enqueue(happened);
            }
        });

    public ConcurrentQueue<T> Heard { get; } = [];

    public Task Ended { get; }

    public async Task<TCase> NextAsync<TCase>(int index = 0)
        where TCase : T
    {
        await Wait.UntilAsync(() => Ended.IsFaulted || Heard.OfType<TCase>().Count() > index, $"{typeof(TCase).Name} number {index + 1}; heard {string.Join(", ", Heard)}");
        if (Ended.IsFaulted)
        {
            await Ended;
        }

        return Heard.OfType<TCase>().ElementAt(index);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Ended.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public void Dispose() => _stop.Dispose();
}
