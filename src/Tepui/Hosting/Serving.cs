namespace Tepui.Hosting;

/// <summary>The life of a long-running command.</summary>
internal static class Serving
{
    /// <summary>Waits for the end of the component or for <paramref name="stop"/>, then stops it; gives its exit code.</summary>
    public static async Task<int> UntilAsync(Task<int> completion, Func<Task> stopAsync, CancellationToken stop)
    {
        using var trim = MemoryTrim.Start();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(asked.SetResult);
        await Task.WhenAny(completion, asked.Task);
        await stopAsync();
        return await completion;
    }
}
