namespace ScaleFunctions.Sandbox.Limits;

/// <summary>A size of App Service plans: learn.microsoft.com/azure/app-service/overview-hosting-plans and its page of prices.</summary>
/// <param name="Name">For example <c>P1v3</c>.</param>
/// <param name="Tier">Its pricing tier.</param>
/// <param name="Cores">Virtual processors of an instance.</param>
/// <param name="MemoryGiB">Memory of an instance.</param>
/// <param name="MostInstances">Instances a plan of it may have.</param>
internal sealed record PlanSize(string Name, string Tier, int Cores, double MemoryGiB, int MostInstances) : ISandboxSize
{
    public static IReadOnlyList<PlanSize> All { get; } =
    [
        new("B1", "Basic", 1, 1.75, 3),
        new("B2", "Basic", 2, 3.5, 3),
        new("B3", "Basic", 4, 7, 3),
        new("S1", "Standard", 1, 1.75, 10),
        new("S2", "Standard", 2, 3.5, 10),
        new("S3", "Standard", 4, 7, 10),
        new("P0v3", "Premium0V3", 1, 4, 30),
        new("P1v3", "PremiumV3", 2, 8, 30),
        new("P2v3", "PremiumV3", 4, 16, 30),
        new("P3v3", "PremiumV3", 8, 32, 30),
    ];

    /// <summary>What Azure calls its family: the name without the size's number.</summary>
    public string Family => Name.Length > 2 ? $"P{Name[2..]}" : Name[..1];

    public static PlanSize? Find(string name) => All.FirstOrDefault(size => string.Equals(size.Name, name, StringComparison.OrdinalIgnoreCase));
}
