using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>
/// Text in an entity's properties <c>Json</c>, <c>Json1</c>, <c>Json2</c> and so on, readable in every tool; longer text compressed in
/// <c>Gzip</c>, <c>Gzip1</c> and so on.
/// </summary>
internal static class TableContent
{
    /// <summary>Longest text that is kept as it is: with keys and the other properties it stays under the service's 1 MiB an entity.</summary>
    private const int LongestPlain = MostParts * LongestPart;

    /// <summary>Longest text at all, so that what is read back has a bound too.</summary>
    private const int Longest = 32 * 1024 * 1024;

    /// <summary>What compressed text may have in bytes.</summary>
    private const int MostBytes = MostParts * 2 * LongestPart;

    private const string Name = "Json";
    private const string Compressed = "Gzip";

    // A property holds 64 KiB: of UTF-16 as text, of anything as bytes.
    private const int LongestPart = 32_000;
    private const int MostParts = 15;

    /// <exception cref="StateStoreException">It is too long.</exception>
    public static void Put(TableEntity entity, string text)
    {
        if (text.Length > LongestPlain)
        {
            PutCompressed(entity, text);
            return;
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

            entity[PartName(Name, part)] = text.Substring(start, length);
            start += length;
        }
    }

    /// <exception cref="StateStoreException">There is none.</exception>
    public static string Get(TableEntity entity)
    {
        if (Bytes(entity, 0) is not null)
        {
            return Decompressed(entity);
        }

        if (!entity.TryGetValue(PartName(Name, 1), out _))
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

    private static void PutCompressed(TableEntity entity, string text)
    {
        using var packed = new MemoryStream();
        if (text.Length <= Longest)
        {
            using var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        if (text.Length > Longest || packed.Length > MostBytes)
        {
            throw new StateStoreException(
                $"The entry of partition {entity.PartitionKey} is {text.Length} characters long"
                + (packed.Length > 0 ? $", {packed.Length} bytes when compressed; in Azure Tables it can have {MostBytes}" : $"; in Azure Tables it can have {Longest}")
                + ". Nothing was written.");
        }

        var bytes = packed.ToArray();
        for (var (part, start) = (0, 0); start < bytes.Length; part++, start += 2 * LongestPart)
        {
            entity[PartName(Compressed, part)] = bytes[start..Math.Min(bytes.Length, start + (2 * LongestPart))];
        }
    }

    private static string Decompressed(TableEntity entity)
    {
        using var packed = new MemoryStream();
        for (var part = 0; Bytes(entity, part) is { } bytes; part++)
        {
            packed.Write(bytes);
        }

        packed.Position = 0;
        try
        {
            using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress), Encoding.UTF8);
            var (text, buffer) = (new StringBuilder(LongestPlain), new char[LongestPart]);
            while (reader.Read(buffer) is > 0 and var count)
            {
                text.Append(buffer, 0, count);
                if (text.Length > Longest)
                {
                    throw new InvalidDataException("longer than anything that is written");
                }
            }

            return text.ToString();
        }
        catch (InvalidDataException exception)
        {
            throw new StateStoreException(
                $"The entry of partition {entity.PartitionKey} cannot be decompressed. Put it back from a backup, or remove it.", exception);
        }
    }

    private static string? Part(TableEntity entity, int part) => entity.TryGetValue(PartName(Name, part), out var value) ? value as string : null;

    private static byte[]? Bytes(TableEntity entity, int part) => entity.TryGetValue(PartName(Compressed, part), out var value)
        ? value switch { byte[] bytes => bytes, BinaryData data => data.ToArray(), _ => null }
        : null;

    private static string PartName(string name, int part) => part == 0 ? name : $"{name}{part}";
}
