using Tepui.Commands;
using Tepui.Terminal;

namespace Tepui.Tests.Terminal;

public sealed class UsageProblemsTests
{
    [Theory]
    [InlineData("job kill nightly twelve", "RUN is 'twelve'; it must be a whole number")]
    [InlineData("job runs nightly --limit many", "--limit is 'many'; it must be a whole number, not larger than 2147483647")]
    [InlineData("app scale web some", "N is 'some'; it must be a whole number, not larger than 2147483647")]
    [InlineData("run --cpus lots true", "--cpus is 'lots'; it must be a number")]
    [InlineData("job kill nightly --runn 3", "unknown flag '--runn'; put -- before the arguments when one of them starts with a dash")]
    public void Words_Wrong_AreNamedWithWhatIsAllowed(string line, string expected) => Assert.Equal(expected, Assert.Single(UsageProblems.Of(new TepuiCommand().Parse(line.Split(' ')))));

    [Fact]
    public void Words_Right_HaveNoProblems() => Assert.Empty(UsageProblems.Of(new TepuiCommand().Parse(["job", "kill", "nightly", "3000000000"])));
}
