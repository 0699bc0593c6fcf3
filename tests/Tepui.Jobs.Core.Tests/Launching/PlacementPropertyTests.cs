using System.Globalization;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Launching;

/// <summary>
/// Any jobs, any agents, calls lost, offers taken back, subscriptions lost. <see cref="Pool"/> fails the test when an offer is used twice or beyond what it holds, or what everybody may use is taken
/// while something reserved is left; what must always hold is checked after every step. In the end everything that fits somewhere was launched, and nothing is held.
/// </summary>
public sealed class PlacementPropertyTests
{
    private const string Role = "prod";
    private static readonly string[] Kinds = ["cpus", "mem", "disk"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pool_AnyFaults_LaunchesEverythingThatFits(int seed)
    {
        var random = new Random(seed);
        var pool = new Pool(new() { MesosRole = Role }) { TaskTime = TimeSpan.FromMilliseconds(random.Next(5, 3000)) };
        pool.IsLost = effect => effect is JobsEffect.Revive or JobsEffect.Suppress && random.Next(4) == 0;
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            pool.Add(Agent(random, i));
        }

        pool.Subscribe();
        for (var i = random.Next(1, 40); i > 0; i--)
        {
            pool.Put(Job(random, i));
        }

        Disturb(pool, random);

        pool.IsLost = _ => false;
        pool.Add(An.Offer("large", cpus: 1000, mem: 1_000_000, disk: 1_000_000, role: Role).With("rack", "r1"));
        pool.Pass(TimeSpan.FromMinutes(3));
        Assert.Equal(0, pool.Core.State.Queue.Count);
        Assert.Equal(0, pool.Outstanding);
        Assert.False(pool.Core.State.Demand.IsWanted);
        Assert.All(pool.Core.State.Jobs.All, job => Assert.Null(job.Progress.NextDue));
    }

    private static void Disturb(Pool pool, Random random)
    {
        for (var i = 0; i < 60; i++)
        {
            pool.Pass(TimeSpan.FromMilliseconds(random.Next(1, 1000)));
            switch (random.Next(10))
            {
                case 0:
                    pool.Disconnect();
                    pool.Pass(TimeSpan.FromMilliseconds(random.Next(0, 3000)));
                    pool.Subscribe();
                    break;
                case < 4:
                    pool.Rescind(random.Next(100));
                    break;
                case 4:
                    pool.Start($"job{random.Next(1, pool.Core.State.Jobs.Count + 1)}");
                    break;
            }
        }
    }

    private static Offer Agent(Random random, int number)
    {
        var offer = An.Offer($"host{number}", cpus: random.Next(0, 8), mem: random.Next(0, 4000), disk: random.Next(0, 4000), role: Role).With("rack", $"r{random.Next(3)}");
        foreach (var name in Kinds.Where(_ => random.Next(2) == 0))
        {
            var reserved = An.Scalar(name, random.Next(1, name == "cpus" ? 4 : 2000), Role);
            reserved.Reservations.Add(new Resource.Types.ReservationInfo { Role = Role, Type = Resource.Types.ReservationInfo.Types.Type.Static });
            offer.Resources.Add(reserved);
        }

        return offer;
    }

    private static JobSpec Job(Random random, int number)
    {
        var start = A.Start.AddMilliseconds(random.Next(0, 30_000)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture);
        var job = A.Job($"job{number}", $"R{random.Next(1, 6)}/{start}/PT{random.Next(1, 10)}S");
        return job with
        {
            Cpus = random.Next(1, 3000),
            Mem = random.Next(1, 2_000_000),
            Disk = random.Next(1, 2_000_000),
            HighPriority = random.Next(4) == 0,
            Concurrency = random.Next(3) == 0 ? Concurrency.Allow : null,
            CatchUp = random.Next(3) == 0 ? CatchUp.All : null,
            Constraints = random.Next(3) == 0 ? [new("rack", random.Next(2) == 0 ? "EQUALS" : "LIKE", "r1")] : [],
        };
    }
}
