namespace ScaleFunctions.Storage.Emulation;

/// <summary>A named point between a worker and the storage account.</summary>
/// <param name="Request">What is asked, for example <c>target row: replace</c>.</param>
/// <param name="IsAnswered">Whether it was carried out and its answer is on the way; else it has not been passed on yet.</param>
internal sealed record StoreMoment(string Request, bool IsAnswered)
{
    private static readonly (string Row, string Name)[] Rows =
        [("(PartitionKey='target", "target row"), ("(PartitionKey='fleet'", "fleet row"), ("(PartitionKey='document", "document"), ("(PartitionKey='journal", "journal"), ("(PartitionKey='feed", "feed")];

    public override string ToString() => $"{Request}, {(IsAnswered ? "carried out" : "not passed on")}";

    /// <summary>What the first line of a request asks of Tables or Queues.</summary>
    public static string Name(string method, string path)
    {
        if (path.Contains("/messages", StringComparison.Ordinal))
        {
            return method == "POST" ? "message: send" : "message: other";
        }

        var row = Rows.FirstOrDefault(each => Uri.UnescapeDataString(path).Contains(each.Row, StringComparison.Ordinal)).Name;
        return (method, row) switch
        {
            ("POST", _) => "entity: insert",
            ("GET", null) => "entities: query",
            ("GET", _) => $"{row}: read",
            ("DELETE", _) => $"{row}: delete",
            _ => $"{row}: replace",
        };
    }
}
