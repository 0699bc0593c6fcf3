using Tepui.Model.Resources;
using Tepui.Services.Core.Matching;

namespace Tepui.Services.Core.Explaining;

/// <summary>What a site has too little of.</summary>
internal static class Shortages
{
    /// <summary>In the order of the gates; each fixed port that is not free is one.</summary>
    public static IReadOnlyList<Shortage> Of(LaunchPlan plan, Site site)
    {
        var usable = new Usable(site, plan, null);
        var shortages = new List<Shortage>();
        Add("cpus", plan.Cpus);
        Add("mem", plan.Mem);
        Add("disk", plan.Disk + plan.Volumes.Where(wish => wish.Volume.Type == "root").Sum(wish => Thousandths.FromDouble(wish.Volume.SizeMb)));
        Add("gpus", plan.Gpus);
        AddPorts();
        return shortages;

        void Add(string name, long wanted)
        {
            var offered = usable.Amount(name);
            if (offered < wanted)
            {
                shortages.Add(new(name, Thousandths.ToDouble(wanted), Thousandths.ToDouble(offered)));
            }
        }

        void AddPorts()
        {
            var wishes = plan.Parts.SelectMany(part => part.Ports).Where(wish => wish.Kind != PortWishKind.None).ToList();
            var free = usable.PortPiles().Aggregate(ResourceRanges.Empty, (sum, pile) => sum.Add(pile.Ports));
            if (free.Count < wishes.Count)
            {
                shortages.Add(new("ports", wishes.Count, free.Count));
            }

            foreach (var port in wishes.Where(wish => wish.Kind == PortWishKind.Fixed).Select(wish => (ulong)wish.Number).Where(port => !free.Contains(ResourceRanges.Of(port, port))))
            {
                shortages.Add(new($"port {port}", 1, 0));
            }
        }
    }
}
