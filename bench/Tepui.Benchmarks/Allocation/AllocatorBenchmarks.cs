using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Tepui.Master.Core.Allocation;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;

namespace Tepui.Benchmarks.Allocation;

/// <summary>One run over a whole pool, everything free and every framework waiting; and what an idle or nearly idle pool costs.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 3, iterationCount: 10, invocationCount: 1)]
[MemoryDiagnoser]
[MinColumn, MedianColumn]
public class AllocatorBenchmarks
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private Allocator _allocator = new(new());
    private PlannedOffer? _taken;
    private DateTimeOffset _now;

    [Params(1_000, 10_000)]
    public int Agents { get; set; }

    [Params(50, 1_000)]
    public int Frameworks { get; set; }

    [IterationSetup(Target = nameof(EverythingDirty))]
    public void Fill()
    {
        _allocator = new(new() { MinAllocatable = [ResourceQuantities.From([new("cpus", 10)]), ResourceQuantities.From([new("mem", 32_000)])] });
        for (var i = 0; i < Frameworks; i++)
        {
            var traits = new FrameworkTraits { Roles = [$"group{i % 10}/role{i % 100}"] };
            _allocator.AddFramework(new($"framework-{i:D5}"), traits, active: true, Start);
        }

        var total = ResourceSet.Of(
            Resource.Of("cpus", 16_000),
            Resource.Of("mem", 65_536_000),
            Resource.Of("disk", 100_000_000),
            Resource.Of(ResourceIdentity.Get("ports", ResourceKind.Ranges), ResourceRanges.Of(31_000, 32_000)));
        for (var i = 0; i < Agents; i++)
        {
            _allocator.AddAgent(new AgentId($"agent-{i:D5}"), total, new($"host-{i:D5}"), Start);
        }

        _now = Start + TimeSpan.FromSeconds(1);
    }

    [IterationSetup(Targets = [nameof(OneTaskEnds), nameof(Idle)])]
    public void FillAndRun()
    {
        Fill();
        _taken = _allocator.Run(_now)[0];
    }

    [Benchmark]
    public int EverythingDirty() => _allocator.Run(_now).Count;

    [Benchmark]
    public int OneTaskEnds()
    {
        _allocator.Recover(_taken!.Framework, _taken.Agent, _taken.Resources, refusal: null, _now);
        return _allocator.Run(_now + TimeSpan.FromSeconds(1)).Count;
    }

    [Benchmark]
    public int Idle() => _allocator.Run(_now + TimeSpan.FromSeconds(2)).Count;
}
