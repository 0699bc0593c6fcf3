namespace Tepui.Sdk.Offers;

/// <summary>What one task needs of an agent.</summary>
/// <param name="Cpus">Cores; thousandths count, the rest is cut off.</param>
/// <param name="MemMb">Memory, MB.</param>
/// <param name="DiskMb">Disk, MB.</param>
/// <param name="Gpus">Whole GPUs.</param>
/// <param name="Ports">How many ports, whichever.</param>
public sealed record TaskDemand(double Cpus, double MemMb, double DiskMb = 0, int Gpus = 0, int Ports = 0);
