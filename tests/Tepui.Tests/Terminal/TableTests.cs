using Tepui.Terminal;

namespace Tepui.Tests.Terminal;

public sealed class TableTests
{
    [Fact]
    public void Cells_WithControlCharacters_StayInTheirLine()
    {
        var table = new Table("ID", "MESSAGE");
        table.Add("a", "one\ntwo\u001b[31mred");
        table.Add("longer", "x");
        using var output = new StringWriter();

        table.WriteTo(output);

        Assert.Equal("ID      MESSAGE\na       one two [31mred\nlonger  x\n", output.ToString());
    }
}
