namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>How the count there is gets into a deployment.</summary>
internal static class BicepAdvice
{
    public static string Of(string parameter, string type) =>
        $"pass the count there is at every deployment: --parameters {parameter}=$({(type.EndsWith("serverfarms", StringComparison.Ordinal) ? "az appservice plan show" : "az vmss show")} -g GROUP -n NAME --query sku.capacity -o tsv); the first one passes a number";
}
