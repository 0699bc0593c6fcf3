namespace Tepui.Master.Tests.Support;

/// <summary>Waits for what must come, for a limited time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks again until the answer satisfies <paramref name="condition"/>.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await ask();
            if (condition(answer))
            {
                return answer;
            }

            Assert.False(limit.IsCancellationRequested, $"{what} did not come to what was expected: {answer}");
            await Task.Delay(5);
        }
    }
}
