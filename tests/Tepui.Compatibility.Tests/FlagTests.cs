using Tepui.Compatibility.Tests.Documents;
using Tepui.Runtime.Flags;

namespace Tepui.Compatibility.Tests;

/// <summary>The flags in the documentation are those of the program.</summary>
public sealed class FlagTests
{
    [Fact]
    public void MasterFlags_InThePage_AreThoseOfTheMaster() => Document.Check("compatibility.md", "master-flags", FlagText.Markdown(FlagTable.Master));

    [Fact]
    public void AgentFlags_InThePage_AreThoseOfTheAgent() => Document.Check("compatibility.md", "agent-flags", FlagText.Markdown(FlagTable.Agent));

    [Fact]
    public void ServicesFlags_InThePage_AreThoseOfServices() => Document.Check("reference/flags.md", "services-flags", FlagText.Markdown(FlagTable.Services));

    [Fact]
    public void JobsFlags_InThePage_AreThoseOfJobs() => Document.Check("reference/flags.md", "jobs-flags", FlagText.Markdown(FlagTable.Jobs));
}
