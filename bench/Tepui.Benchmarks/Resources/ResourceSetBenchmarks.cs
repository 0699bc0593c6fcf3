using BenchmarkDotNet.Attributes;
using Tepui.Model.Resources;

namespace Tepui.Benchmarks.Resources;

/// <summary>The steps of every launch and every end of a task, on a set as agents have it.</summary>
[MemoryDiagnoser]
public class ResourceSetBenchmarks
{
    private ResourceSet _agent = ResourceSet.Empty;
    private ResourceSet _task = ResourceSet.Empty;
    private ResourceSet _rest = ResourceSet.Empty;

    [GlobalSetup]
    public void Fill()
    {
        _agent = Make(16, 65_536, 31_000, 32_000);
        _task = Make(1, 128, 31_005, 31_006);
        _rest = _agent.Subtract(_task);
    }

    [Benchmark]
    public ResourceSet Add() => _rest.Add(_task);

    [Benchmark]
    public ResourceSet Subtract() => _agent.Subtract(_task);

    [Benchmark]
    public bool Contains() => _agent.Contains(_task);

    [Benchmark]
    public ResourceSet Allocate() => _task.Allocate("web");

    [Benchmark]
    public int ToWire() => _agent.ToWire(ResourceFormat.PostRefinement).Length;

    private static ResourceSet Make(long cpus, long mem, ulong begin, ulong end) => ResourceSet.Of(
        Resource.Of("cpus", cpus * Thousandths.One),
        Resource.Of("mem", mem * Thousandths.One),
        Resource.Of(ResourceIdentity.Get("ports", ResourceKind.Ranges), ResourceRanges.Of(begin, end)));
}
