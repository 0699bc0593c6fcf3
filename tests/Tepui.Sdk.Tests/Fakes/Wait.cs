namespace Tepui.Sdk.Tests.Fakes;

/// <summary>Waits for something to become true, with a time limit.</summary>
internal static class Wait
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"Within {Limit} this did not happen: {what}");
            await Task.Delay(5);
        }
    }
}
