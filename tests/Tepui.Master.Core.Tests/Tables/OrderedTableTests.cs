using FsCheck;
using FsCheck.Fluent;
using Tepui.Master.Core.Tables;

namespace Tepui.Master.Core.Tests.Tables;

public sealed class OrderedTableTests
{
    [Fact]
    public void Table_AnyAddsAndRemoves_IsAListOfPairsInOrder() => Prop
        .ForAll(ArbMap.Default.ArbFor<(bool Add, byte Key)[]>(), static steps =>
        {
            var table = new OrderedTable<int, string>();
            var plain = new List<(int Key, string Value)>();
            foreach (var (add, key) in steps)
            {
                var known = plain.FindIndex(pair => pair.Key == key % 80);
                if (!add)
                {
                    Assert.Equal(known >= 0, table.Remove(key % 80));
                    plain.RemoveAll(pair => pair.Key == key % 80);
                }
                else if (known < 0)
                {
                    table.Add(key % 80, $"{key % 80}");
                    plain.Add((key % 80, $"{key % 80}"));
                }
            }

            Assert.Equal(plain.Select(static pair => pair.Value), table);
            Assert.Equal(plain.Select(static pair => pair.Value), table.ToArray());
            Assert.Equal(plain.Count, table.Count);
            Assert.All(plain, pair => Assert.Equal(pair.Value, table[pair.Key]));
            Assert.Equal(plain.Select(static pair => pair.Value).FirstOrDefault(), table.First());
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(300));

    [Fact]
    public void Put_KnownKey_KeepsItsPlace()
    {
        var table = new OrderedTable<int, string>();
        table.Put(1, "a");
        table.Put(2, "b");

        table.Put(1, "c");

        Assert.Equal(["c", "b"], table);
    }
}
