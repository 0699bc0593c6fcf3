using Tepui.Master.Core.Allocation;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Tests.Allocation;

/// <summary>The order of clients worked out from nothing each time, as a check of the tree that keeps it.</summary>
internal static class SlowOrder
{
    public static bool Agrees(Random random, string[] roles)
    {
        var tree = new ShareTree([]);
        var total = Pool.Parse("cpus:100;mem:1000");
        tree.AddTotal(total, 1);
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        var clients = new List<Entry>();
        for (var i = 0; i < 12; i++)
        {
            var client = new Client(new FrameworkEntry(new FrameworkId("f" + i), Pool.Traits("")), roles[random.Next(roles.Length)]);
            client.Node = tree.AddClient(client);
            clients.Add(new(client));
        }

        for (var step = 0; step < 60; step++)
        {
            var entry = clients[random.Next(clients.Count)];
            switch (random.Next(6))
            {
                case 0:
                    entry.IsActive = !entry.IsActive;
                    tree.SetActive(entry.Client.Node, entry.IsActive);
                    break;
                case 1:
                    var role = roles[random.Next(roles.Length)];
                    weights[role] = random.Next(1, 4);
                    tree.SetWeight(role, weights[role]);
                    break;
                case 2 when entry.Given.Count > 0:
                    tree.Take(entry.Client.Node, entry.Given[^1]);
                    entry.Given.RemoveAt(entry.Given.Count - 1);
                    break;
                case 3:
                    var more = Pool.Parse($"cpus:{random.Next(1, 20)}");
                    tree.AddTotal(more, 1);
                    total = total.Add(more);
                    break;
                default:
                    var part = Pool.Parse($"cpus:{random.Next(3)};mem:{random.Next(30)}");
                    tree.Give(entry.Client.Node, part);
                    entry.Given.Add(part);
                    entry.Times++;
                    break;
            }

            if (!Walk(tree.Root).SequenceEqual(Order("", clients, total, weights).Select(e => e.Client)))
            {
                return false;
            }
        }

        return true;
    }

    private static List<Client> Walk(ShareNode node)
    {
        var clients = new List<Client>();
        foreach (var child in node.Active)
        {
            clients.AddRange(child.Client is { } client ? [client] : Walk(child));
        }

        return clients;
    }

    private static IEnumerable<Entry> Order(string above, IReadOnlyCollection<Entry> below, ResourceSet total, Dictionary<string, double> weights)
    {
        string Step(Entry entry)
        {
            var rest = above.Length == 0 ? entry.Client.Role : entry.Client.Role == above ? "" : entry.Client.Role[(above.Length + 1)..];
            return rest.Length == 0 ? "." : rest.Split('/')[0];
        }

        string Path(string step) => above.Length == 0 ? step : above + "/" + step;

        return below.GroupBy(Step)
            .OrderBy(g => Share(g, total) / weights.GetValueOrDefault(Path(g.Key), 1))
            .ThenBy(g => g.Sum(e => e.Times))
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => g.Key != "."
                ? Order(Path(g.Key), [.. g], total, weights)
                : g.OrderBy(e => Share([e], total)).ThenBy(e => e.Times).ThenBy(e => e.Client.Framework.Id.Value, StringComparer.Ordinal).Where(e => e.IsActive));
    }

    private static double Share(IEnumerable<Entry> entries, ResourceSet total)
    {
        var given = ResourceSet.Sum(entries.SelectMany(e => e.Given));
        return Math.Max((double)given.Scalar("cpus") / total.Scalar("cpus"), (double)given.Scalar("mem") / total.Scalar("mem"));
    }

    private sealed class Entry(Client client)
    {
        public Client Client { get; } = client;

        public bool IsActive { get; set; }

        public long Times { get; set; }

        public List<ResourceSet> Given { get; } = [];
    }
}
