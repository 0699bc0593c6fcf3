using System.Diagnostics;
using Tepui.Containers.Statistics;

namespace Tepui.Containers.Tests;

/// <summary>Waits for what other processes do.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string otherwise)
    {
        var begun = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(begun.Elapsed < Machine.Limit, otherwise);
            await Task.Delay(5);
        }
    }

    public static Task GoneAsync(int pid) => TrueAsync(() => !IsAlive(pid), $"process {pid} still runs");

    public static bool IsAlive(int pid) => ProcessStat.Read(pid) is { IsAlive: true };
}
