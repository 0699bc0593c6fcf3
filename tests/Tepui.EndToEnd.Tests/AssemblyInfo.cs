using System.Runtime.Versioning;

// Real processes on two cores: one scenario at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: SupportedOSPlatform("linux")]
