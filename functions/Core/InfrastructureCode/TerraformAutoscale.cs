namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A setting of Azure's own autoscale in Terraform's source.</summary>
/// <param name="File">The file.</param>
/// <param name="Place">File and line, for people.</param>
/// <param name="Addresses">What it says to scale: whatever looks like type and name in it.</param>
internal sealed record TerraformAutoscale(string File, string Place, IReadOnlyList<string> Addresses)
{
    /// <summary>Of <c>azurerm_service_plan.api[0].id</c> that is <c>azurerm_service_plan.api</c>.</summary>
    public static IReadOnlyList<string> AddressesIn(string text)
    {
        List<string> addresses = [];
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.'))
            {
                end++;
            }

            if (text[at..end].Split('.') is [{ Length: > 0 } type, { Length: > 0 } name, ..])
            {
                addresses.Add($"{type}.{name}");
            }

            at = end + 1;
        }

        return addresses;
    }
}
