using FsCheck;
using FsCheck.Fluent;
using Tepui.Services.Core.Matching;

namespace Tepui.Services.Core.Tests.Matching;

public sealed class ValueCountsTests
{
    [Fact]
    public void Above_AnyHistory_EqualsCountFromScratch() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), history =>
        {
            var counts = new ValueCounts();
            var model = new Dictionary<string, int>();
            foreach (var step in history)
            {
                var value = $"v{step % 4}";
                if (step % 3 == 0 && model.GetValueOrDefault(value) > 0)
                {
                    counts.Remove(value);
                    model[value]--;
                }
                else
                {
                    counts.Add(value);
                    model[value] = model.GetValueOrDefault(value) + 1;
                }

                var bound = step % 5;
                Assert.Equal(model.Values.Count(count => count > bound), counts.Above(bound));
                Assert.Equal(model.Values.Count(count => count > 0), counts.Values);
                Assert.Equal(model.GetValueOrDefault(value), counts.Of(value));
            }
        }).QuickCheckThrowOnFailure();
}
