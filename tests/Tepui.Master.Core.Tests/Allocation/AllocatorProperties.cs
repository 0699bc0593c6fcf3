using FsCheck;
using FsCheck.Fluent;
using Tepui.Master.Core.Allocation;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Tests.Allocation;

/// <summary>Random histories, checked against sums kept on the side and a plain slow order.</summary>
public sealed class AllocatorProperties
{
    private static readonly string[] RoleNames = ["a", "a/b", "a/c", "d", "d/e/f", "*"];
    private static readonly string[] Totals = ["cpus:4;mem:100", "cpus:8;mem:50;ports:[1-20]", "cpus:2;mem:30;cpus(a):2;mem(d):10", "cpus:1;mem:200;gpus:2"];

    [Fact]
    public void History_OfAnyKind_KeepsTheBooks() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Play(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Run_AfterAnyHistory_LeavesNothingAnybodyCouldTake() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var history = new History(new Random(seed));
            for (var step = 0; step < 60; step++)
            {
                history.Step();
            }

            history.Settle();
            return history.NobodyCouldTakeMore();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void Order_OfTheTree_AgreesWithASlowOne() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => SlowOrder.Agrees(new Random(seed), RoleNames)).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static bool Play(Random random)
    {
        var history = new History(random);
        for (var step = 0; step < 80; step++)
        {
            history.Step();
            if (!history.BooksAreRight())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Does random things to a pool and remembers what everybody holds.</summary>
    private sealed class History(Random random)
    {
        private readonly Pool _pool = new(new() { Seed = 1, MinAllocatable = [Pool.Parse("cpus:0.5").Quantities, Pool.Parse("mem:5").Quantities] });
        private readonly Dictionary<string, string> _agents = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string[]> _frameworks = new(StringComparer.Ordinal);
        private readonly List<PlannedOffer> _held = [];
        private int _names;

        public void Step()
        {
            switch (random.Next(12))
            {
                case 0 or 1:
                    var agent = "s" + _names++;
                    _agents[agent] = Pick(Totals);
                    _pool.AddAgent(agent, _agents[agent]);
                    break;
                case 2 when _agents.Count > 0:
                    var lost = Pick(_agents.Keys);
                    _agents.Remove(lost);
                    _held.RemoveAll(o => o.Agent.Value == lost);
                    _pool.Allocator.RemoveAgent(Pool.Agent(lost));
                    break;
                case 3 or 4:
                    var framework = "f" + _names++;
                    _frameworks[framework] = [.. RoleNames.Where(_ => random.Next(3) == 0)];
                    _pool.AddFramework(framework, string.Join(',', _frameworks[framework]), random.Next(2) == 0 ? FrameworkAbilities.GpuResources : FrameworkAbilities.None);
                    break;
                case 5 when _frameworks.Count > 0:
                    var gone = Pick(_frameworks.Keys);
                    _frameworks.Remove(gone);
                    _held.RemoveAll(o => o.Framework.Value == gone);
                    _pool.Allocator.RemoveFramework(Pool.Framework(gone), _pool.Now);
                    break;
                case 6 when _frameworks.Count > 0:
                    _pool.Allocator.Suppress(Pool.Framework(Pick(_frameworks.Keys)), random.Next(2) == 0 ? [] : [Pick(RoleNames)], _pool.Now);
                    break;
                case 7 when _frameworks.Count > 0:
                    _pool.Allocator.Revive(Pool.Framework(Pick(_frameworks.Keys)), random.Next(2) == 0 ? [] : [Pick(RoleNames)], _pool.Now);
                    break;
                case 8:
                    _pool.Allocator.SetWeight(Pick(RoleNames), random.Next(1, 5));
                    break;
                case 9 when _agents.Count > 0:
                    _pool.Allocator.SetAgentActive(Pool.Agent(Pick(_agents.Keys)), random.Next(2) == 0, _pool.Now);
                    break;
                case 10:
                    _held.AddRange(_pool.Pass(random.NextDouble() * 3));
                    break;
                default:
                    GiveBack();
                    break;
            }
        }

        /// <summary>Each agent's parts add up, and so do the roles' amounts.</summary>
        public bool BooksAreRight()
        {
            foreach (var (name, total) in _agents)
            {
                var held = ResourceSet.Sum(_held.Where(o => o.Agent.Value == name).Select(o => o.Resources.Unallocate()));
                if (!Pool.Parse(total).Subtract(held).Equals(_pool.Allocator.Free(Pool.Agent(name))))
                {
                    return false;
                }
            }

            return RoleNames.Concat(["d/e"]).All(role => Amounts(role) == _pool.Allocator.ShareOf(role).Allocated.ToString());
        }

        public void Settle()
        {
            foreach (var name in _agents.Keys)
            {
                _pool.Allocator.SetAgentActive(Pool.Agent(name), true, _pool.Now);
            }

            _held.AddRange(_pool.Pass(1));
        }

        public bool NobodyCouldTakeMore() => _agents.Keys.All(agent => _frameworks.All(framework =>
            framework.Value.All(role => _pool.Allocator.WhyNot(Pool.Framework(framework.Key), role, Pool.Agent(agent)) != NotOffered.Offered)));

        private void GiveBack()
        {
            if (_held.Count == 0)
            {
                return;
            }

            var index = random.Next(_held.Count);
            var offer = _held[index];
            var back = random.Next(2) == 0 || !offer.Resources.TryTake("cpus", 500, out var part) ? offer.Resources : part;
            var rest = offer.Resources.Subtract(back);
            _held.RemoveAt(index);
            if (!rest.IsEmpty)
            {
                _held.Add(offer with { Resources = rest });
            }

            TimeSpan? refusal = random.Next(3) switch { 0 => null, 1 => TimeSpan.Zero, _ => TimeSpan.FromSeconds(random.Next(1, 5)) };
            _pool.Allocator.Recover(offer.Framework, offer.Agent, back, refusal, _pool.Now);
        }

        private string Amounts(string role) => ResourceSet.Sum(_held
            .Where(o => o.Role == role || Roles.IsStrictSubrole(o.Role, role))
            .Select(o => o.Resources.Filter(static r => r.Kind == ResourceKind.Scalar))).Quantities.ToString();

        private string Pick(IReadOnlyCollection<string> from) => from.ElementAt(random.Next(from.Count));
    }
}
