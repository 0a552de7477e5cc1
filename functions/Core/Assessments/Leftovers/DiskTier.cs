namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>What disks are billed by: the size they are rounded up to (learn.microsoft.com/azure/virtual-machines/disks-types).</summary>
public static class DiskTier
{
    /// <summary>Largest gigabytes of each step, and its number.</summary>
    private static readonly (int Gigabytes, int Number)[] Steps =
    [
        (4, 1), (8, 2), (16, 3), (32, 4), (64, 6), (128, 10), (256, 15), (512, 20), (1024, 30), (2048, 40), (4096, 50), (8192, 60), (16384, 70), (32767, 80),
    ];

    /// <summary>Hard disks have no smaller one.</summary>
    private const int LeastOfHardDisks = 4;

    /// <summary>Such as <c>P10 LRS</c> for 100 GB of <c>Premium_LRS</c>; absent for disks that are billed by parts, as Ultra ones are.</summary>
    public static string? Of(string sku, int gigabytes)
    {
        var (letter, redundancy) = sku.Split('_') switch
        {
            ["Premium", var copies] => ('P', copies),
            ["StandardSSD", var copies] => ('E', copies),
            ["Standard", var copies] => ('S', copies),
            _ => (' ', ""),
        };
        var number = Steps.FirstOrDefault(step => gigabytes <= step.Gigabytes).Number;
        return letter == ' ' || number == 0 || gigabytes <= 0 ? null : $"{letter}{(letter == 'S' ? Math.Max(number, LeastOfHardDisks) : number)} {redundancy}";
    }
}
