namespace Tepui.Compatibility.Tests.Live;

/// <summary>Tests that ask the same cluster, one after another.</summary>
[CollectionDefinition("live")]
public sealed class LiveCollection : ICollectionFixture<LiveCluster>;
