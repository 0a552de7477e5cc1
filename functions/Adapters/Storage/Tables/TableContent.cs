using System.Text;
using Azure.Data.Tables;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>Text of any length in an entity's properties <c>Json</c>, <c>Json1</c>, <c>Json2</c> and so on, readable in every tool.</summary>
internal static class TableContent
{
    /// <summary>Longest text: with keys and the other properties it stays under the service's 1 MiB an entity.</summary>
    public const int Longest = MostParts * LongestPart;

    private const string Name = "Json";

    // A string property holds 64 KiB of UTF-16.
    private const int LongestPart = 32_000;
    private const int MostParts = 15;

    /// <exception cref="StateStoreException">It is too long.</exception>
    public static void Put(TableEntity entity, string text)
    {
        if (text.Length > Longest)
        {
            throw new StateStoreException(
                $"The entry of partition {entity.PartitionKey} is {text.Length} characters long; in Azure Tables it can have {Longest}. "
                + "Larger ones, which would go into blobs, are not supported yet; nothing was written.");
        }

        var part = 0;
        for (var start = 0; start < text.Length || part == 0; part++)
        {
            var length = Math.Min(LongestPart, text.Length - start);

            // Half a character is not a text, and would come back as a question mark.
            if (length > 0 && start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]))
            {
                length--;
            }

            entity[PartName(part)] = text.Substring(start, length);
            start += length;
        }
    }

    /// <exception cref="StateStoreException">There is none.</exception>
    public static string Get(TableEntity entity)
    {
        if (!entity.TryGetValue(PartName(1), out _))
        {
            return Part(entity, 0) ?? throw new StateStoreException(
                $"The entry of partition {entity.PartitionKey} has no content. It was not written by this app: remove it, or name another table.");
        }

        var text = new StringBuilder(2 * LongestPart);
        for (var part = 0; Part(entity, part) is { } content; part++)
        {
            text.Append(content);
        }

        return text.ToString();
    }

    private static string? Part(TableEntity entity, int part) => entity.TryGetValue(PartName(part), out var value) ? value as string : null;

    private static string PartName(int part) => part == 0 ? Name : $"{Name}{part}";
}
