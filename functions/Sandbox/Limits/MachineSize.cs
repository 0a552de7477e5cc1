namespace ScaleFunctions.Sandbox.Limits;

/// <summary>A size of machines as the sandbox knows it: what Azure publishes of it, as far as anything here depends on it.</summary>
/// <param name="Name">For example <c>Standard_D4s_v5</c>.</param>
/// <param name="Family">The quota it counts for.</param>
/// <param name="Cores">Virtual processors.</param>
/// <param name="MemoryGiB">Memory.</param>
internal sealed record MachineSize(string Name, string Family, int Cores, int MemoryGiB)
{
    public static IReadOnlyList<MachineSize> All { get; } =
    [
        new("Standard_D2s_v5", "standardDSv5Family", 2, 8),
        new("Standard_D4s_v5", "standardDSv5Family", 4, 16),
        new("Standard_D8s_v5", "standardDSv5Family", 8, 32),
        new("Standard_E4s_v5", "standardESv5Family", 4, 32),
    ];

    public static MachineSize? Find(string name) =>
        All.FirstOrDefault(size => string.Equals(size.Name, name, StringComparison.OrdinalIgnoreCase));
}
