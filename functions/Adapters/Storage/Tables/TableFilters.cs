namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>Queries over more than one partition; all there are go through here.</summary>
internal static class TableFilters
{
    /// <summary>Everything of a kind that has many partitions: a range of the table, as the semicolon follows the colon.</summary>
    public static string All(string kind, string condition = "") =>
        $"PartitionKey ge '{kind}:' and PartitionKey lt '{kind};'{(condition.Length == 0 ? "" : $" and {condition}")}";
}
